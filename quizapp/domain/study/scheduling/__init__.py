"""When a learner sees an item again: memory, evidence, intervals, the day's queue. Pure and exact.

Days are integers everywhere: the proleptic ordinal (`date.toordinal()`) of the learner's study day.
`docs/scheduling.md` says what each rule is and why.
"""
