from django import template

from leerkring.direction.strategy.picture import amount

register = template.Library()
register.filter("amount", amount)
