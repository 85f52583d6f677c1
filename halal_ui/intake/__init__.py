"""An upload on its way in: what was read of a file, what a person changed of that, what it would change. No screen."""
