from . import extras

if extras.HAS_HYPOTHESIS:
    from . import test_random_histories
