"""Rosalind comes to the agency, gets what she needs, and leaves: the whole story through the pages, as the staff live it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.hands import choose, draw, fill, follow, in_days, pick, press, reads, tab_to

pytestmark = pytest.mark.journey

CLIENT = "Rosalind Quist"


@pytest.mark.demand("E2", "E3", "E5", "E7", "A1", "A3", "P1", "P3", "P8", "I1", "I2", "I3", "I4")
@pytest.mark.demand("M5", "T1", "T2", "T3", "T6", "D1")
def test_someone_comes_is_helped_and_leaves_with_the_chain_whole(window: Open) -> None:
    ines, maren, delphine = window("ines"), window("maren"), window("delphine")
    take_in(ines)
    screen_and_accept(ines)
    case = open_with_maren(ines)
    enroll(maren, case)
    sit_down_together(maren)
    name_two_needs(maren, case)
    put_in_order_and_complete(maren, case)
    begin_a_plan(maren, case)
    add_a_measured_objective(maren)
    add_an_activity_and_let_the_other_rest(maren, case)
    sign_all_three(maren, delphine, case)
    write_a_note_by_keyboard_alone(maren, case)
    record_a_service(maren, case)
    refer_with_consent(maren, case)
    the_thread_is_whole(maren, case)
    review(maren, case)
    prepare_the_ending(maren, case)
    close(maren, case)
    follow_up(maren, case)


def take_in(ines: Page) -> None:
    """Ines takes in a referral for someone new (E2)."""
    ines.goto("/referrals/")
    follow(ines, "Take in a referral")
    pick(ines, "Program", "New Start")
    words = {"Who referred": "Lakeside Shelter", "Why they come": "Her stay at the shelter ends in six weeks."}
    person = {"Name they want to be called by": CLIENT, "Pronouns": "she/her", "Speaks": "English", "Reads": "English"}
    fill(ines, words | person)
    choose(ines, "How soon", "Soon")
    press(ines, "Take in the referral")
    reads(ines, CLIENT, "Lakeside Shelter", "Ask the program’s criteria")


def screen_and_accept(ines: Page) -> None:
    """Ines screens by the program's own criteria, with what shows each answer, and accepts (E3)."""
    follow(ines, "Screen")
    questions = ines.locator("main form fieldset")
    assert questions.count() == 4, "the criteria are the program's own"
    for place in range(questions.count()):
        answer = "No" if "Someone else" in questions.nth(place).inner_text() else "Yes"
        questions.nth(place).get_by_text(answer, exact=True).click()
    for place in range(questions.count()):
        ines.get_by_label("What shows it").nth(place).fill("Letter of the shelter, and our talk")
    press(ines, "Save the screening")
    reads(ines, "Answer the referral", "Letter of the shelter, and our talk")
    choose(ines, "Answer", "Accept")
    press(ines, "Give this answer")
    reads(ines, "One case manager answers for it from the first day.")


def open_with_maren(ines: Page) -> str:
    """Ines opens the case with Maren as its one primary case manager, whom the client chose (E7). Returns its path."""
    listed = ines.get_by_label("Primary case manager").locator("option", has_text="Maren").inner_text()
    pick(ines, "Primary case manager", listed)
    choose(ines, "Did the client choose them?", "Yes")
    press(ines, "Open the case")
    found = re.search(r"/cases/[0-9a-f-]{36}", ines.url)
    assert found, ines.url
    reads(ines, "Maren Achterberg", "primary, chosen by")
    return found.group()


def enroll(maren: Page, case: str) -> None:
    """Maren explains rights, consent and confidentiality aloud before anything begins (E5)."""
    maren.goto(f"{case}/")
    follow(maren, "Enroll Rosalind")
    for tick in maren.get_by_role("group", name="Explained aloud, and agreed to").locator("label").all():
        tick.click()
    fill(maren, {"In which language": "English", "What they asked": "Who reads what I say?"})
    choose(maren, "Seen alone", "Offered, and they were")
    press(maren, "Enroll Rosalind")
    maren.goto(f"{case}/")
    reads(maren, "The Thread begins with a need")


def sit_down_together(maren: Page) -> None:
    """Two sides of life in two voices, a strength and a barrier (A1)."""
    follow(maren, "Begin the assessment")
    fill(maren, {"Where": "Lakeside Shelter"})
    press(maren, "Begin writing")
    for domain, hers, ours in (
        ("environmental", "I want a door that I can lock.", "Shares a room; the stay ends in six weeks."),
        ("economic", "I have always paid my way.", "Part-time pay, $1,300 a month, shown by slips."),
    ):
        maren.locator(f"#id_client_{domain}").fill(hers)
        maren.locator(f"#id_worker_{domain}").fill(ours)
        maren.locator(f"#{domain}").get_by_text("Interview", exact=True).click()
    press(maren, "Save, and go on later")
    for kind, ours, hers in (
        ("A strength", "Has kept every appointment", "I come when I say so."),
        ("A barrier", "No rental history", "Nobody here knows me yet."),
    ):
        maren.goto(_write_on(maren))
        follow(maren, "Add one")
        choose(maren, "What is it?", kind)
        fill(maren, {"What can be seen or shown": ours, "In the client’s words": hers})
        choose(maren, "Known from", "Interview")
        press(maren, "Record it")
        reads(maren, ours, hers)


def _write_on(maren: Page) -> str:
    """The path at which the open assessment is written."""
    case = re.search(r"/cases/[0-9a-f-]{36}", maren.url)
    assert case, maren.url
    maren.goto(f"{case.group()}/assessment/")
    return str(maren.get_by_role("link", name="Go on with the assessment").get_attribute("href"))


def name_two_needs(maren: Page, case: str) -> None:
    """Two needs, numbered in the order they were named (A3)."""
    for number, title, domain in (
        (1, "A safe place to live that lasts", "environmental"),
        (2, "Money for the deposit", "economic"),
    ):
        maren.goto(f"{case}/needs/new/")
        reads(maren, f"It will be number {number}")
        fill(maren, {"What is needed": title, "In the client’s words": f"I need this: {title.lower()}."})
        maren.get_by_label("Side of life").select_option(domain)
        choose(maren, "Known from", "Interview")
        press(maren, "Add this need")
        reads(maren, title)


def put_in_order_and_complete(maren: Page, case: str) -> None:
    """Her order and Maren's differ, and both are kept; then the assessment is complete (A1, A3)."""
    maren.goto(f"{case}/needs/order/")
    hers, ours = ("1", "2"), ("2", "1")
    for place in (0, 1):
        maren.get_by_label(re.compile("^How Rosalind ranks")).nth(place).select_option(hers[place])
        maren.get_by_label(re.compile("^How you rank")).nth(place).select_option(ours[place])
    press(maren, "Save both orders")
    maren.goto(_write_on(maren))
    press(maren, "Complete the assessment")
    maren.goto(f"{case}/assessment/")
    reads(
        maren, "I want a door that I can lock.", "Shares a room; the stay ends in six weeks.", "Full reassessment due"
    )


def begin_a_plan(maren: Page, case: str) -> None:
    """A plan from the assessment, with a goal for the first need (P1)."""
    maren.goto(f"{case}/plan/")
    follow(maren, "Begin the plan")
    fill(maren, {"Made with": CLIENT, "Options and costs explained": "A room costs from $700 a month."})
    press(maren, "Begin the plan")
    reads(maren, "Before it can be offered for signature", "has neither a goal nor a decision to wait")
    follow(maren, "Add a goal: A safe place to live that lasts")
    fill(maren, {"The goal": "Hold my own tenancy", "Strengths it builds on": "Keeps every appointment"})
    press(maren, maren.locator("main .btn-primary").inner_text().strip())
    reads(maren, "Hold my own tenancy")


def add_a_measured_objective(maren: Page) -> None:
    """An objective without a measure is refused beside its field and loses no word; with one it stands (P3)."""
    follow(maren, "Add an objective: Hold my own tenancy")
    fill(maren, {"What will be different": "Sign a lease that she can pay", "From": "no lease", "By": in_days(60)})
    save = maren.locator("main .btn-primary").inner_text().strip()
    press(maren, save)
    reads(maren, "Something is still missing", "Everything you typed is still here.")
    beside = maren.locator(".has-error", has=maren.get_by_label("Measured by", exact=True))
    expect(beside).to_contain_text("Say how you and the client will know.")
    expect(maren.get_by_label("What will be different")).to_have_value("Sign a lease that she can pay")
    expect(maren.get_by_label("From", exact=True)).to_have_value("no lease")
    fill(maren, {"Measured by": "Lease in hand", "To": "signed lease"})
    press(maren, save)
    reads(maren, "Sign a lease that she can pay", "Lease in hand")


def add_an_activity_and_let_the_other_rest(maren: Page, case: str) -> None:
    """Who does what; and the second need waits by a decision of both, with a reason (P1)."""
    follow(maren, "Add an activity: Sign a lease that she can pay")
    fill(maren, {"Name": "Rosalind", "Does what": "Looks at two rooms with Maren", "How often, how long": "weekly"})
    fill(maren, {"At least every (days)": "7", "From": in_days(0)})
    press(maren, maren.locator("main .btn-primary").inner_text().strip())
    reads(maren, "Looks at two rooms with Maren")
    follow(maren, "Let it rest: Money for the deposit")
    choose(maren, "What was decided", "Wait")
    choose(maren, "Who decided", "both")
    fill(maren, {"Why": "First the room, then the deposit.", "Look again on": in_days(30), "Decided on": in_days(0)})
    press(maren, "Record the decision")
    maren.goto(f"{case}/plan/")
    reads(maren, "Resting, by decision", "First the room, then the deposit.")


def sign_all_three(maren: Page, delphine: Page, case: str) -> None:
    """Maren signs with her name, Rosalind draws hers, the supervisor signs too; only then does the plan take effect (P8)."""
    follow(maren, "Offer for signature")
    press(maren, "Offer for signature")
    maren.goto(f"{case}/plan/sign/?as=worker")
    press(maren, "Sign the plan")
    reads(maren, "Not signed yet")
    maren.goto(f"{case}/plan/sign/?as=client")
    draw(maren, maren.locator(".sign-pad canvas"))
    press(maren, "Sign the plan")
    expect(maren.get_by_role("img", name="Drawn signature of")).to_be_visible()
    delphine.goto(f"{case}/plan/sign/?as=supervisor")
    press(delphine, "Sign the plan")
    reads(delphine, "Delphine Arceneaux", "In effect")
    expect(delphine.get_by_text("Not signed yet")).to_have_count(0)


def write_a_note_by_keyboard_alone(maren: Page, case: str) -> None:
    """From the case to the signed note without a mouse: Tab, Space, letters and Enter (I2, D1)."""
    maren.goto(f"{case}/")
    tab_to(maren, maren.get_by_role("link", name="Note for Rosalind"))
    with maren.expect_navigation():
        maren.keyboard.press("Enter")
    tab_to(maren, maren.locator("details.under > summary").first)
    maren.keyboard.press("Enter")
    tab_to(maren, maren.locator("input[name=ties]").nth(1))
    maren.keyboard.press("Space")
    for field, words in (("#id_minutes", "45"), ("#id_title", "Two rooms seen")):
        tab_to(maren, maren.locator(field))
        maren.keyboard.type(words)
    for field, words in (
        ("#id_client_did", "Asked the landlord about heat and keys."),
        ("#id_worker_did", "Went along and read the lease with her."),
        ("#id_client_words", "The second one has a door that I can lock."),
        ("#id_happened", "She likes the second room; the lease is being written."),
        ("#id_next_step", "Maren asks for the lease by Friday."),
    ):
        tab_to(maren, maren.locator(field))
        maren.keyboard.type(words)
    tab_to(maren, maren.get_by_role("button", name="Sign note"))
    with maren.expect_navigation():
        maren.keyboard.press("Enter")
    reads(
        maren,
        "Two rooms seen",
        "Signed and fixed",
        "The second one has a door that I can lock.",
        "Sign a lease that she can pay",
    )


def record_a_service(maren: Page, case: str) -> None:
    """A service given toward the objective (I1)."""
    maren.goto(f"{case}/services/new/")
    pick(maren, "Kind of work", "Advocating")
    fill(maren, {"What was done": "Spoke with the landlord about the deposit", "How long, in minutes": "20"})
    maren.locator("label.pick", has_text="Sign a lease that she can pay").click()
    press(maren, "Record service")
    maren.goto(f"{case}/timeline/")
    reads(maren, "Spoke with the landlord about the deposit")


def refer_with_consent(maren: Page, case: str) -> None:
    """Nothing is sent before she consents; then it is, with a day to ask again (I3, I4)."""
    maren.goto(f"{case}/referrals-out/new/")
    fill(maren, {"To which organization": "Northgate Housing Trust", "For which service": "Rent guarantee"})
    fill(maren, {"What they will learn about the client": "Her name, and that she is looking for a room."})
    maren.locator("label.pick", has_text="Sign a lease that she can pay").click()
    press(maren, "Save referral")
    reads(maren, "Not given yet: nothing is sent")
    press(maren, "Send referral")
    reads(maren, "Something is still missing")
    fill(maren, {"Name": CLIENT, "Language it was read in": "English"})
    press(maren, "Send referral")
    reads(maren, "Release signed", "Ask again by")


def the_thread_is_whole(maren: Page, case: str) -> None:
    """One line from the need to the work, and nothing missing on the way (D1)."""
    maren.goto(f"{case}/")
    need = maren.locator("#need-1")
    for words in (
        "A safe place to live that lasts", "Hold my own tenancy", "Sign a lease that she can pay",
        "Looks at two rooms with Maren", "Spoke with the landlord about the deposit", "Northgate Housing Trust", "Two rooms seen",
    ):  # fmt: skip
        expect(need.get_by_text(words).first).to_be_visible()
    expect(maren.locator("#need-2")).to_contain_text("First the room, then the deposit.")
    expect(maren.locator("#thread .gap")).to_have_count(0)
    reads(maren, "Nothing is broken.")


def review(maren: Page, case: str) -> None:
    """They look at the plan together: the lease is signed, the objective reached (M5)."""
    maren.goto(f"{case}/reviews/new/")
    choose(maren, "Who was there", "The client")
    maren.get_by_role("group", name=re.compile("^How .* stands$")).get_by_text("Reached", exact=True).click()
    fill(maren, {"Now at": "signed lease", "What was found, over all": "The room is hers from the first."})
    press(maren, "Save the review")
    maren.goto(f"{case}/")
    expect(maren.locator("#need-1 .th-link.met").last).to_contain_text("Reached")


def prepare_the_ending(maren: Page, case: str) -> None:
    """Why and when, what helped, and what comes next; what is missing is named first (T1, T2, T3)."""
    maren.goto(f"{case}/ending/")
    pick(maren, "Why it ends", "Goals attained")
    fill(maren, {"The client was told on": in_days(0), "How they were told": "at the review, in person"})
    press(maren, "Begin the ending")
    reads(maren, "missing before the case can be closed")
    words = {
        "What helped, and what did not": "Someone came along. The forms took long.",
        "Plan for the next stage": "Pays the rent from her own account; the neighbor has a key.",
        "How we can still help": "Call if the heat fails.",
        "Resources and referrals": "Northgate Housing Trust, Ms. Abel.",
    }
    fill(maren, words | {"In the client’s words": "Now I close my own door."})
    press(maren, "Save what is written")
    reads(maren, "Nothing is missing. It can be closed.")


def close(maren: Page, case: str) -> None:
    """What closing settles is said before it is done (T2)."""
    follow(maren, "See what closing settles")
    reads(maren, "The referral to Northgate Housing Trust for Rent guarantee")
    press(maren, "Close the case")
    reads(maren, "Goals attained", "A follow-up is due", "Now I close my own door.")
    maren.goto(f"{case}/")
    reads(maren, "This case ended on")


def follow_up(maren: Page, case: str) -> None:
    """After the end someone asks whether it is still all right (T6)."""
    maren.goto(f"{case}/ending/")
    follow(maren, "Write it down")
    choose(maren, "Was the client reached?", "Reached")
    fill(maren, {"How and where they live now": "Still in the room, the rent is paid."})
    choose(maren, "Is that stable?", "Stable")
    choose(maren, "Is it still enough?", "Enough")
    press(maren, "Save the follow-up")
    reads(maren, "Still in the room, the rent is paid.")
