"""
Who is acting, and whether they may write. Every write of the product goes through `require`, right before it happens.

On a server that listens on loopback, whoever sits at the machine is operator, under a name they give once. On any
other address only those signed in (OpenID Connect) and listed in `data/access.toml` may write, LP3H staff for their
own institution alone. Without that everybody is a viewer.
"""

from halal_ui.screen.access.actors import Actor, actor, shared
from halal_ui.screen.access.gate import gate
from halal_ui.screen.access.permission import NotAllowed, require

__all__ = ["Actor", "NotAllowed", "actor", "gate", "require", "shared"]
