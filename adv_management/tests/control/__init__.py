from . import test_documents
from . import test_engine
from . import test_duplicates
from . import test_goods
