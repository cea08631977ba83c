from . import test_composing
