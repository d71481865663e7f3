"""Read documents in processes with limits of time and memory, so that no file stops the others."""

from lhs_nlp.archive.reading.messages import Order
from lhs_nlp.archive.reading.pool import Failed, Reading, Task, read_task, readings
from lhs_nlp.archive.reading.process import ReadingProcess

__all__ = ["Failed", "Order", "Reading", "ReadingProcess", "Task", "read_task", "readings"]
