from . import customer_answer

