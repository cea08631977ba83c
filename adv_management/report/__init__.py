from . import adv_promise_report
