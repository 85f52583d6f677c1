"""
Bytes → columns of text, inside a child process (worker.py starts it).

Spreadsheets come from strangers, and the parsers underneath are C, C++ and Rust: a damaged file can make them abort the
whole process, or take all its memory. So nothing in this room runs in the program itself; and so that the child starts
at once, nothing in it imports pandas or the rest of the package.
"""
