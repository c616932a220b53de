"""The arobase of the platform, drawn: the unit of every picture that shows a level."""

TOP = 5
_AT = '<circle cx="12" cy="12" r="3.9"/><path d="M15.9 8.1v5a3 3 0 0 0 6 0V12a9.9 9.9 0 1 0-4.1 8"/>'


def arobases(level: int, colour: str = "currentColor") -> str:
    """Five @ side by side as SVG, the reached ones bright; decoration, the words beside it say the level."""
    drawn = "".join(
        f'<g transform="translate({place * 28} 0)" stroke-width="{2.5 if place < level else 1.6}" '
        f'stroke-opacity="{1 if place < level else 0.4}">{_AT}</g>'
        for place in range(TOP)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 138 26" aria-hidden="true" fill="none" stroke="{colour}" '
        f'stroke-linecap="round">{drawn}</svg>'
    )
