"""Handing over: an open question or uptake is offered to somebody, who takes it or not. Nobody owns without a yes."""
