"""HTTP requests -> the published site, and the desk where editors decide.

Takes what `aggregator serve` hands it (database, sources, clock, how to publish) and gives an
application: `aggregator.web.app.create_app`. The pages have no rules of their own: each calls one
query and one decision of `flow`. Nothing is imported here, so that commands which only need a
password's hash don't load a web framework.
"""
