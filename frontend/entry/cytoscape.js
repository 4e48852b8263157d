// The network of actors: `import cytoscape from "/static/vendor/cytoscape.js"`.
export { default } from "cytoscape";
