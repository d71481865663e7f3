"""What many documents claim together: counted once, shown as one HTML file."""

from lhs_nlp.archive.portfolio.counting import portfolio_of
from lhs_nlp.archive.portfolio.html import portfolio_to_html
from lhs_nlp.archive.portfolio.share import Share
from lhs_nlp.archive.portfolio.types import Group, Grouping, Portfolio

__all__ = ["Group", "Grouping", "Portfolio", "Share", "portfolio_of", "portfolio_to_html"]
