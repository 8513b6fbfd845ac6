// Nothing of its own: a target needs a source to compile its headers for.
