"""How an answer of moto is put right."""

import functools


def after(owner, name):
    """Decorates what is to happen to the answer of owner.name: correct(answer, self, *arguments) returns the right one."""

    def decorate(correct):
        original = getattr(owner, name)

        @functools.wraps(original)
        def corrected(self, *args, **kwargs):
            return correct(original(self, *args, **kwargs), self, *args, **kwargs)

        setattr(owner, name, corrected)
        return correct

    return decorate
