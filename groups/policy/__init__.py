"""Who may do what: every such question, one function each, and nowhere else.

A function returns nothing when the answer is yes and raises Refused with a reason word when it is
no; the sentences for the words are in `groups/sentences`. It looks at loaded things only: no database,
no request, no clock of its own. Actions ask; routes and socket handlers never do. Templates ask
through `can`, which turns a refusal into false.

The questions stand by what they are about: the group and its calendar in `group.py`, serving in
`serving.py`, the live meeting in `live.py`, steps and appeals in `ladder.py`, reports and the log in `safety.py`,
what is one's own in `mine.py`."""

from groups.policy.asking import *  # noqa: F403
from groups.policy.group import *  # noqa: F403
from groups.policy.ladder import *  # noqa: F403
from groups.policy.live import *  # noqa: F403
from groups.policy.mine import *  # noqa: F403
from groups.policy.safety import *  # noqa: F403
from groups.policy.serving import *  # noqa: F403
