"""The starter policy on how long records are kept and how they are disposed of."""

from alongside.confidentiality.queries.starters import STARTERS, Starter

WORDS = """# What this policy is for
A record that is gone too early cannot help its person or answer for our work. A record that stays for ever can
be stolen, or asked for by those it should never reach.

# How long we keep records
Case files are kept for [seven years] after the last contact. Files of people who were under 18 are kept until
[seven years] after their 18th birthday, if that is later. Referrals that were not accepted are kept for [three
years] after our answer. Where a law or a contract asks for longer, the longer time counts. The times that hold
are set in the system, each with the law or contract it comes from.

# When nothing may go
From the day on which we hear of a lawsuit, an audit, a complaint or a request to see the record, nothing that
could belong to it is disposed of. Whoever works on it puts it on hold in the system at once; a supervisor lifts
the hold when [counsel] agrees.

# How records are disposed of
What is due is listed in the system with the reason. One person proposes, and another, who supervises, looks at
the file and approves. Nobody does both. Then everything goes: notes, plans, papers, the copies in the system,
and the keys that open the copies on backups. Paper is shredded on the same day, on our own premises or by a
firm whose certificate we keep.

What stays is a certificate: which kinds of paper and how many, by which rule, who proposed, who approved, and
when. It names no client.

# What a person can ask
A person can ask how long their record is kept, and for a copy before it goes. We do not dispose of a record
early to be rid of a question about it.

# Who answers for this
[The program director] looks at the times once a year, and at the list of what is due [each quarter].
"""

STARTERS.put(Starter("retention", "practice C6, D6, N92-4, WR-4", "Retention and disposal of records", WORDS))
