from leerkring.community.meetings.workforms.views.choosing import workform_put, workforms_choose
from leerkring.community.meetings.workforms.views.library import (
    workform_change,
    workform_copy,
    workform_page,
    workform_restore,
    workform_retire,
    workform_write,
    workforms_page,
)

__all__ = [
    "workform_change",
    "workform_copy",
    "workform_page",
    "workform_put",
    "workform_restore",
    "workform_retire",
    "workform_write",
    "workforms_choose",
    "workforms_page",
]
