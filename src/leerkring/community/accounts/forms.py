from django import forms
from django.utils.translation import gettext_lazy as _

from leerkring.community.accounts.fields import AddressField, CodeField
from leerkring.platform.ui.forms import PlainForm


class SignInForm(PlainForm):
    address = AddressField()
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class CodeForm(PlainForm):
    code = CodeField()


class AddressForm(PlainForm):
    address = AddressField(label=_("Another e-mail address"))
