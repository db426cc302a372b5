"""Settings of the property tests in this folder."""

import os

from hypothesis import settings

# No deadline: a busy machine is no mistake in a formula. The same examples every time: whoever
# runs the tests gets the same answer. TUTOR_SEARCH=1 looks for new ones instead.
settings.register_profile("course", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("search" if os.environ.get("TUTOR_SEARCH") else "course")
