from labels.middleware.arrivals import arrivals
from labels.middleware.kept_answers import KeptAnswers
from labels.middleware.one_moment import one_moment

__all__ = ["KeptAnswers", "arrivals", "one_moment"]
