"""Servers whose free plan is what a test needs."""


def plan_file(folder, **limits) -> str:
    """A configuration whose free plan differs from the shipped one in these limits."""
    path = folder / "pixelvault.toml"
    lines = [f'{name} = "{value}"' if isinstance(value, str) else f"{name} = {value}" for name, value in limits.items()]
    path.write_text("\n".join(["[plans.free]", *lines, ""]))
    return str(path)
