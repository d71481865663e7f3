"""Tag an archive on a cluster: the same functions on Ray Data, results as Parquet (extra ``[ray]``)."""

from lhs_nlp.archive.ray_engine.engine import tag_on_ray
from lhs_nlp.archive.ray_engine.output import Output
from lhs_nlp.archive.ray_engine.storing import fill_store

__all__ = ["Output", "fill_store", "tag_on_ray"]
