"""A review project on disk: records as they were read, the publications that they are of, their files."""

from lhs_nlp.review.project.project import Project

__all__ = ["Project"]
