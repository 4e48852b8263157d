"""The stages, in the order of the flow; each decides the field whose name it bears, none imports another."""
