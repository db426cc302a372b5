"""What a piece of the course's page does with the keyboard.

JupyterLab takes letters, arrows and Enter as commands for its cells. What the course shows must keep
the keys that are meant for its own controls, and must let go of the keyboard again: Tab goes on as
everywhere, and Escape leads back to the cell.
"""

from __future__ import annotations

import html

KEEPS_KEYS = html.escape(
    "if(event.key==='Escape')this.closest('.jp-Cell')?.focus();event.stopPropagation()", quote=True
)
"""The handler ``onkeydown`` of an element that holds controls, ready to stand between quotation marks."""
