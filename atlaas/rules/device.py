"""A device in words that people know, from what its browser says of itself."""

BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "FxiOS": "Firefox", "CriOS": "Chrome", "Chrome/": "Chrome", "Safari/": "Safari"}  # fmt: skip
SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "Mac", "Linux": "Linux"}  # fmt: skip


def device(user_agent: str) -> str:
    """« Firefox sur Windows »; the first sign that is found wins, since browsers also name those they resemble."""
    browser = _first(BROWSERS, user_agent) or "Navigateur inconnu"
    system = _first(SYSTEMS, user_agent)
    return f"{browser} sur {system}" if system else browser


def _first(names: dict[str, str], text: str) -> str:
    return next((name for sign, name in names.items() if sign in text), "")
