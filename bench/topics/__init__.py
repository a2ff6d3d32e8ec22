"""How well topics and relevance are told, and the weights by which they are.

What is learned from, `examples/<topic>.yaml`: headlines in eight languages, written for this by
people who have never seen the titles. A topic has 32 in each language, mostly its own; those with
two topics say the same in all languages. `none.yaml` has what is about no topic, half of it with
words of schools all the same. At the end of each file stand some of an earlier writing.

What is scored, `titles.yaml`: 140 news titles, each in eight languages; `labels.yaml` has what two
readers say of them. Odd numbers are scored. Even ones may calibrate, but nothing is learned or
chosen by them now: the words of `topics.yaml` and of the vocabulary fit them too well (a head that
knew these words alone had a macro-F1 of .60 there and .39 on the odd ones).

No example is a title, and 1 of 1,000 is nearer to one of either half than a cosine of .8.

`python -m bench.topics.fit` learns, `python -m bench.topics` scores.
"""
