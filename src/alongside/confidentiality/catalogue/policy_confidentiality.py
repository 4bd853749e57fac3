"""The starter policy on confidentiality and access."""

from alongside.confidentiality.queries.starters import STARTERS, Starter

WORDS = """# What this policy is for
People come to us with what they tell nobody else. This policy says who may know it, and how we keep it so.

# What we ask for
We ask only for what the work needs, and we say why we ask. A person may leave a question open and still be
served, unless a law or the program's own criteria make the answer necessary; then we say which.

# What we tell each person first
Before services begin, a worker explains aloud, in a language the person understands: what we write down, who
can read it, when we may have to tell others even without the person’s consent, and how to ask to see the
record. The person gets this policy on paper if it is safe for them to take it home.

# Who has access
The case manager, those who stand in for them, and those who answer for their work can open a record. A program
manager can open the records of that program. A quality reviewer reads a file only while it is lent for review.
Administrators of the system see staff and settings, and no client's record. Nobody opens a record out of
interest, of a neighbor or of somebody in the news.

Every opening is recorded. A person may ask who has opened their record, and is told.

# When we tell others
We tell another agency or person only what the client has agreed to in writing: what, to whom, why, and until
when. The client can take that back at any time.

Without consent we tell only what we must: when someone is in danger of death or serious harm, when a law
makes us report, when a court orders it, or in a medical emergency. A worker talks with [the supervisor on duty]
first; if there is no time, within 24 hours. We tell the client, unless that would put somebody in danger.

# Family and others close to the person
We share nothing with them as a matter of course. Each person says who may know what, and who must not even
learn that we know them.

# Outside the office
Records are not taken home, sent by private mail, or talked about where others hear. Each worker signs in with
their own name and locks the screen when they leave it. A lost device or a record seen by the wrong person is
told to [the privacy officer] on the same day.

# When this is not kept
Whoever breaks this policy answers for it under [the personnel policy]. A person who thinks it was broken may
complain to [name and telephone], and it changes nothing about their services.
"""

STARTERS.put(Starter("confidentiality", "practice C6, N92-4", "Confidentiality and access", WORDS))
