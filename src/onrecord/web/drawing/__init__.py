"""The desk's drawings, as SVG made on the server: pure functions from small values to a tree of elements.

Each gives an ``svg.Element``, which Jinja2 takes as it is; ``svg.framed`` puts it into a box that scrolls on narrow screens.
Colours and sizes are classes (static/drawing.css); no drawing holds a style, a script or an address outside its links.
"""
