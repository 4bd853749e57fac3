"""The starter policy on records: what is in them, how they are kept right, and the client's say."""

from alongside.confidentiality.queries.starters import STARTERS, Starter

WORDS = """# What this policy is for
A record shows what was needed, what was done and what came of it. It protects the person, and it lets somebody
else go on with the work.

# What is recorded
Each record holds: who the person is and how to reach them safely; what was explained and agreed; the
assessment, with strengths beside needs; the plan, with who does what by when; what was done, and how it went,
tied to the goals of the plan; referrals and their answers; and how the case ended and what came after.

The person's own words are written down as theirs.

# What is not recorded
We leave out what the work does not need: names of people who are not part of it, suspicions without ground, and
what another agency told us in confidence about somebody else. We write nothing about immigration status unless
the person asks us to work on it.

# How we keep it right
Notes are written by whoever was there, on the same day if possible and within [three working days] at the
latest. A signed note is not changed. A mistake is corrected beside it, with name and date.

Supervisors read [one file in ten each quarter] against the list of what a record must hold.

# The client's say
A person can read their record, with a worker beside them if they wish, within [ten working days] after asking.
We leave out only what would endanger somebody, or what others told us about themselves, and we say that
something was left out.

Whoever sees something otherwise can have it noted beside the record, in their own words. The agency may reply.
Neither is taken away, and both go along wherever the record goes.

# Language
A person is told what the record says in their own language. Papers to be signed are read aloud by an
interpreter who is not a relative.

# Who answers for records
Each case manager answers for the records of their cases, each supervisor for those of their team, and [the
program director] for this policy, which is looked at again every year.
"""

STARTERS.put(Starter("records", "practice C6, D3, D5, N92-6", "Records: content, accuracy and the client’s say", WORDS))
