"""PostgreSQL and Valkey on unix sockets, for the demo, the tests and one-off commands.

`session` is the door: it asks for the services and says when they are no longer needed. A `keeper` process
starts them, revives them, and stops them once no session holds them any more, however the sessions ended.
"""
