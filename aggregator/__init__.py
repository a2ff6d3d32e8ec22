"""The map: how news becomes feeds, and which room does what.

    sources.yaml -> fetch -> parse -> normalize -> classify -> dedupe -> translate -> curate
                 -> publish -> output/

Rooms, from what sees all to what sees nothing. A row imports only rows below it, and rooms
of one row are blind to each other, so each can be read, tested and replaced alone.

    cli         arguments -> one function called, its result printed    one command a file
    wiring      settings -> the concrete engines: the one room that names them
    web         requests of a browser -> pages: the desk and the site
    scheduler   the time -> which pipeline runs now
    sample      nothing -> a small web of our own, for the demo and the tests
    flow        the order of the steps, and the loop that drains them

    config      YAML and environment -> values
    polling     how an address was asked so far, answer -> when and how it is asked again
    fetch       request -> bytes
    processes   a function and its inputs -> its results, within a time and a memory
    parse       bytes -> items and further requests
    normalize   one fetch's items and what is known of the source -> articles
    embed       text -> vector, one engine a file
    classify    article -> kind, topics, relevance
    dedupe      article and candidates -> verdict
    translate   segments -> translations
    curate      stories and decisions -> their present state, editions
    trends      stories -> counts, rises, silences
    publish     edition -> rendered files
    store       values <-> database

    text        knowledge of languages, scripts, dates and addresses: text -> value
    model       the values that flow from room to room
    errors      everything this program raises on purpose

Work is what the data lacks: a step takes the rows that lack its result, so a run that was
cut short goes on where it stopped, and a second run over unchanged sources changes nothing.
"""
