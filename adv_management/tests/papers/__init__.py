from . import test_open_lines
