from importlib.util import find_spec

if find_spec("hypothesis"):
    from . import test_random_histories
