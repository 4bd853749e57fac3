"""Every screen of the program by who sees it. CASE stands for a case in full swing; LINK opens what a page links to."""

from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass(frozen=True)
class Screen:
    """One screen. `through` is the part of an address by which a link is found on the page at `path`; `then` goes on from it."""

    name: str
    who: str
    path: str
    through: str = ""
    then: str = ""

    def open(self, page: Page, case: str) -> None:
        """Go there as a person would: by its address, or by the link on the page that leads to it."""
        path = self.path.replace("CASE", case)
        page.goto(path)
        if self.through:
            link = page.locator(f"main a[href*='{self.through}']").first
            page.goto(str(link.get_attribute("href", timeout=5000)) + self.then)


SCREENS = (
    Screen("sign-in", "", "/account/sign-in/"),
    Screen("nothing here", "maren", "/nothing-here/"),
    Screen("password", "maren", "/account/password/"),
    Screen("today", "maren", "/"),
    Screen("today of the supervisor", "delphine", "/"),
    Screen("cases", "maren", "/cases/"),
    Screen("referrals", "ines", "/referrals/"),
    Screen("a referral", "ines", "/referrals/", "/referrals/0"),
    Screen("screen a referral", "ines", "/referrals/", "/referrals/0", "screening/"),
    Screen("answer a referral", "ines", "/referrals/", "/referrals/0", "answer/"),
    Screen("take in a referral", "ines", "/referrals/new/"),
    Screen("outreach", "ines", "/outreach/"),
    Screen("record outreach", "ines", "/outreach/new/"),
    Screen("one outreach record", "ines", "/outreach/", "/outreach/0"),
    Screen("correct outreach", "ines", "/outreach/", "/outreach/0", "edit/"),
    Screen("take in a referral from outreach", "ines", "/outreach/", "/outreach/0", "referral/"),
    Screen("Thread", "maren", "CASE/"),
    Screen("timeline", "maren", "CASE/timeline/"),
    Screen("who has seen this", "maren", "CASE/seen/"),
    Screen("who may see this", "maren", "CASE/access/"),
    Screen("declare a conflict", "maren", "CASE/access/conflicts/new/"),
    Screen("let in to what is marked", "maren", "CASE/access/readers/new/"),
    Screen("list under an alias", "maren", "CASE/access/alias/"),
    Screen("lend the file", "delphine", "CASE/access/lent/new/"),
    Screen("what is open to you", "maren", "/account/access/"),
    Screen("open a case urgently", "maren", "/urgent/"),
    Screen("why it cannot wait", "maren", "/urgent/reason/"),
    Screen("urgent openings", "delphine", "/urgent/openings/"),
    Screen("why somebody sees a case", "otto", "/agency/access/"),
    Screen("hours of an urgent opening", "otto", "/agency/access/urgent/"),
    Screen("assessment", "maren", "CASE/assessment/"),
    Screen("a sitting", "maren", "CASE/assessment/", "/assessment/0"),
    Screen("begin a sitting", "maren", "CASE/assessment/new/"),
    Screen("add a need", "maren", "CASE/needs/new/"),
    Screen("order of needs", "maren", "CASE/needs/order/"),
    Screen("plan", "maren", "CASE/plan/"),
    Screen("new plan", "maren", "CASE/plan/new/"),
    Screen("amend the plan", "maren", "CASE/plan/amend/"),
    Screen("offer the plan", "maren", "CASE/plan/offer/"),
    Screen("a plan to be signed", "camille", "/cases/", "/cases/0", "plan/"),
    Screen("sign the plan", "camille", "/cases/", "/cases/0", "plan/sign/"),
    Screen("close the case", "camille", "/cases/", "/cases/0", "ending/close/"),
    Screen("how an objective stands", "maren", "CASE/", "/progress/"),
    Screen("add a goal", "maren", "CASE/goals/new/"),
    Screen("add an objective", "maren", "CASE/objectives/new/"),
    Screen("add an activity", "maren", "CASE/activities/new/"),
    Screen("let a need rest", "maren", "CASE/", "/decision/"),
    Screen("services", "maren", "CASE/services/"),
    Screen("record a service", "maren", "CASE/services/new/"),
    Screen("documents and consent", "maren", "CASE/consent/"),
    Screen("add a document", "maren", "CASE/documents/new/"),
    Screen("a document", "maren", "CASE/consent/", "/documents/0"),
    Screen("what a document is", "maren", "CASE/consent/", "/documents/0", "edit/"),
    Screen("put a document aside", "maren", "CASE/consent/", "/documents/0", "aside/"),
    Screen("a new release", "maren", "CASE/releases/new/"),
    Screen("a release", "maren", "CASE/consent/", "/releases/0"),
    Screen("sign a release", "maren", "CASE/consent/", "/sign/"),
    Screen("share without consent", "maren", "CASE/disclosures/new/?on=ground"),
    Screen("a referral out", "maren", "CASE/services/", "/referrals-out/0"),
    Screen("make a referral", "maren", "CASE/referrals-out/new/"),
    Screen("write a note", "maren", "CASE/notes/new/"),
    Screen("a note", "maren", "CASE/timeline/", "/notes/0"),
    Screen("review", "maren", "CASE/reviews/new/"),
    Screen("ending", "maren", "CASE/ending/"),
    Screen("people", "maren", "CASE/people/"),
    Screen("change the client", "maren", "CASE/people/client/"),
    Screen("add a person", "maren", "CASE/people/others/new/"),
    Screen("wishes", "maren", "CASE/people/wishes/"),
    Screen("agency", "otto", "/agency/"),
    Screen("add staff", "otto", "/agency/staff/new/"),
    Screen("change staff", "otto", "/agency/", "/agency/staff/0"),
    Screen("add a program", "otto", "/agency/programs/new/"),
    Screen("change a program", "otto", "/agency/", "/agency/programs/0"),
    Screen("add a team", "otto", "/agency/teams/new/"),
    Screen("policies", "maren", "/policies/"),
    Screen("a policy", "maren", "/policies/", "/policies/0"),
    Screen("policies given", "maren", "CASE/policies/"),
    Screen("a copy was given", "maren", "CASE/policies/new/"),
    Screen("a disagreement", "maren", "CASE/assessment/", "/differs/need/"),
    Screen("how long it is kept", "maren", "CASE/retention/"),
    Screen("a hold", "delphine", "CASE/holds/new/"),
    Screen("due for disposal", "delphine", "/retention/"),
    Screen("propose to dispose", "delphine", "/retention/", "/propose/"),
    Screen("certificates", "delphine", "/retention/certificates/"),
    Screen("the agency’s policies", "otto", "/agency/policies/"),
    Screen("write a policy", "otto", "/agency/policies/new/"),
    Screen("the next version of a policy", "otto", "/agency/policies/", "/agency/policies/0"),
    Screen("retention rules", "otto", "/agency/retention/"),
    Screen("set a rule", "otto", "/agency/retention/new/"),
    Screen("change a rule", "otto", "/agency/retention/", "/agency/retention/0"),
    Screen("account", "maren", "/account/"),
    Screen("what left", "maren", "CASE/consent/", "/disclosures/0"),
    Screen("unusual looks", "delphine", "/looks/"),
    Screen("how people sign in", "otto", "/agency/sign-in/"),
    Screen("agreements", "otto", "/agency/agreements/"),
    Screen("offer an agreement", "otto", "/agency/agreements/new/"),
    Screen("breaches", "otto", "/agency/breaches/"),
    Screen("write down a breach", "otto", "/agency/breaches/new/"),
    Screen("whose records an account touched", "otto", "/agency/looks/account/"),
    Screen("what stands out in looks", "otto", "/agency/looks/rules/"),
    Screen("today of another agency", "noor@northgate.example", "/"),
    Screen("a shared case", "noor@northgate.example", "/cases/", "/shared/0"),
    Screen("a part of a shared case", "noor@northgate.example", "/cases/", "/shared/0", "notes/"),
)
