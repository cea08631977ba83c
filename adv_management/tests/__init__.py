from .frame import *
