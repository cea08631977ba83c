from . import test_catalogue, test_drill_down, test_evaluation, test_rate_measures, test_rights
