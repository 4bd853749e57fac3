"""What goes wrong while someone writes: a closed tab, a lost connection, an expired sign-in, a second click, a second tab."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.hands import fill, follow, pick, press, reads
from tests.journeys.ways_in import sign_in

pytestmark = pytest.mark.journey

LONG = 20_000  # milliseconds: each further try waits longer


def kept(page: Page, said: str, patience: int = 5_000) -> None:
    """The line beside the button says so within so many milliseconds."""
    expect(page.locator("[data-draft-status]")).to_contain_text(said, timeout=patience)


def test_a_note_survives_a_closed_tab(window: Open, sama: str) -> None:
    page = window("maren")
    page.goto(f"{sama}/notes/new/")
    fill(page, {"What happened, and how things stand against the plan": "Her mother’s letter came."})
    kept(page, "Saved")
    page.close()
    again = page.context.new_page()
    again.goto(f"{sama}/notes/new/")
    reads(again, "You left a draft about")
    # Drafts of other days lie in a fold beneath the newest, and any of them may be this one.
    again.locator("main details:has(a)").evaluate_all("folds => folds.forEach(fold => { fold.open = true; })")
    follow(again, "Go on with it: Her mother’s letter came.")
    expect(again.get_by_label("What happened, and how things stand")).to_have_value("Her mother’s letter came.")


def test_words_of_any_other_form_survive_a_closed_tab(window: Open, sama: str) -> None:
    page = window("maren")
    page.goto(f"{sama}/referrals-out/new/")
    fill(page, {"What they will learn about the client": "That she looks for work in the mornings."})
    kept(page, "Draft saved")
    page.close()
    again = page.context.new_page()
    again.goto(f"{sama}/referrals-out/new/")
    reads(again, "You left this unfinished on")
    expect(again.get_by_label("What they will learn")).to_have_value("That she looks for work in the mornings.")


@pytest.mark.parametrize(("path", "field"), [("notes/new/", "In one line"), ("services/new/", "Where")])
def test_a_lost_connection_is_said_and_no_word_is_lost(window: Open, sama: str, path: str, field: str) -> None:
    page = window("maren")
    page.goto(f"{sama}/{path}")
    page.context.set_offline(True)
    fill(page, {field: "At the library, table by the window"})
    kept(page, "Not saved: no connection. Your words stay on this page")
    page.locator("main .btn-primary").last.click()
    kept(page, "Not saved: no connection")
    expect(page.get_by_label(field, exact=True)).to_have_value("At the library, table by the window")
    page.context.set_offline(False)
    kept(page, "aved ", LONG)
    expect(page.locator("[data-draft-status]")).not_to_contain_text("Not saved")
    page.reload()
    reads(page, "You left")


def test_an_expired_sign_in_keeps_the_words_until_someone_signs_in_again(window: Open, served: str, sama: str) -> None:
    page = window("maren")
    page.goto(f"{sama}/notes/new/")
    page.context.clear_cookies(name="sessionid")
    fill(page, {"In one line": "Written while signed out"})
    kept(page, "You are signed out. Sign in in another tab; your words stay here.")
    status = page.locator("[data-draft-status]")
    status.get_by_role("link", name="Sign in").evaluate("link => { link.dataset.same = 'yes'; }")
    with page.expect_response(lambda answer: answer.url.endswith("/keep/")):  # it is tried again, under the finger
        fill(page, {"What comes next, who does it and by when": "Still signed out."})
    expect(status.locator("a[data-same]")).to_be_visible()
    with page.context.expect_page() as opened:
        status.get_by_role("link", name="Sign in").click()
    sign_in(opened.value, served, "maren")
    page.bring_to_front()
    kept(page, "Saved", LONG)
    expect(page.get_by_label("In one line")).to_have_value("Written while signed out")
    fill(page, {"What happened, and how things stand against the plan": "Signed in again and went on."})
    note = str(page.locator("main form[data-draft]").get_attribute("data-draft")).removesuffix("keep/")
    press(page, "Leave as draft")
    page.goto(note)
    expect(page.get_by_label("In one line")).to_have_value("Written while signed out")


def test_a_double_click_saves_once(window: Open, sama: str) -> None:
    page = window("maren")
    page.goto(f"{sama}/services/new/")
    pick(page, "Kind of work", "Linking")
    fill(page, {"What was done": "Called the school once", "How long, in minutes": "10"})
    page.locator("label.pick", has_text="This stands on its own").click()
    page.get_by_role("button", name="Record service").dblclick()
    expect(page).to_have_url(f"{sama}/services/")  # by whichever click: the browser breaks off the other's answer
    page.goto(f"{sama}/timeline/")
    expect(page.get_by_text("Called the school once")).to_have_count(1)


def test_a_double_click_saves_once_without_script_too(window: Open, sama: str) -> None:
    page = window("maren", java_script_enabled=False)  # nothing but the server stands against the second sending
    page.goto(f"{sama}/services/new/")
    pick(page, "Kind of work", "Linking")
    fill(page, {"What was done": "Called the clinic once", "How long, in minutes": "10"})
    page.locator("label.pick", has_text="This stands on its own").click()
    page.get_by_role("button", name="Record service").dblclick()
    expect(page).to_have_url(f"{sama}/services/")  # by whichever click: the browser breaks off the other's answer
    reads(page, "Services and referrals")
    page.goto(f"{sama}/timeline/")
    expect(page.get_by_text("Called the clinic once")).to_have_count(1)


def test_without_script_a_note_is_written_and_signed(window: Open, sama: str) -> None:
    page = window("maren", java_script_enabled=False)
    page.goto(f"{sama}/notes/new/")
    press(page, "Sign note")
    reads(page, "Something is still missing")
    page.locator("label.pick").first.click()
    fill(page, {"How long, in minutes": "30", "In one line": "Written without script", "What you did": "Listened."})
    fill(page, {"What Sama did": "Told of her week.", "What comes next, who does it and by when": "Maren calls."})
    fill(page, {"What happened, and how things stand against the plan": "A quiet week."})
    press(page, "Sign note")
    reads(page, "Written without script", "Signed and fixed", "Told of her week.")


def test_who_saves_second_sees_both_versions(window: Open, sama: str) -> None:
    first, second = window("maren"), window("maren")
    for page in (first, second):
        page.goto(f"{sama}/people/client/")
    fill(first, {"Pronouns": "she"})
    press(first, first.locator("main .btn-primary").inner_text().strip())
    fill(second, {"Pronouns": "she/they"})
    save = second.locator("main .btn-primary").inner_text().strip()
    press(second, save)
    reads(second, "Maren Achterberg changed this while you were writing.", "Theirs", "Yours")
    both = second.locator("main [data-draft-both]")
    expect(both).to_contain_text("she/they")
    expect(second.get_by_label("Pronouns")).to_have_value("she/they")
    press(second, save)
    reads(second, "People around")
