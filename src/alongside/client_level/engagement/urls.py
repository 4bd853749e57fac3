"""Addresses of the room."""

from django.urls import path

from alongside.client_level.engagement.views import criteria, enrollment, household, outreach, persons, referrals, team

urlpatterns = [
    path("agency/programs/<uuid:program>/criteria/", criteria.criteria_edit, name="criteria"),
    path("referrals/", referrals.referrals_in, name="referrals_in"),
    path("referrals/new/", referrals.referral_new, name="referral_new"),
    path("referrals/<uuid:referral>/", referrals.referral_in, name="referral_in"),
    path("referrals/<uuid:referral>/screening/", referrals.referral_screen_page, name="referral_screen"),
    path("referrals/<uuid:referral>/answer/", referrals.referral_answer_page, name="referral_answer"),
    path("referrals/<uuid:referral>/case/", referrals.case_open_page, name="case_open"),
    path("outreach/", outreach.outreach_list, name="outreach"),
    path("outreach/new/", outreach.outreach_new, name="outreach_new"),
    path("outreach/<uuid:outreach>/", outreach.outreach_one, name="outreach_one"),
    path("outreach/<uuid:outreach>/edit/", outreach.outreach_edit, name="outreach_edit"),
    path("outreach/<uuid:outreach>/referral/", outreach.outreach_referral, name="outreach_referral"),
    path("cases/<uuid:case>/enrollment/", enrollment.case_enroll_page, name="case_enroll"),
    path("cases/<uuid:case>/people/", persons.case_people, name="case_people"),
    path("cases/<uuid:case>/people/client/", persons.person_edit, name="person_edit"),
    path("cases/<uuid:case>/people/wishes/", enrollment.wishes_edit, name="wishes_edit"),
    path("cases/<uuid:case>/people/team/new/", team.team_join, name="team_join"),
    path("cases/<uuid:case>/people/team/<uuid:assignment>/end/", team.team_leave, name="team_leave"),
    path("cases/<uuid:case>/people/primary/", team.primary_next, name="primary_next"),
    path("cases/<uuid:case>/people/names/new/", persons.name_new, name="name_new"),
    path("cases/<uuid:case>/people/contact/new/", persons.contact_new, name="contact_new"),
    path("cases/<uuid:case>/people/contact/<uuid:contact>/stop/", persons.contact_stop, name="contact_stop"),
    path("cases/<uuid:case>/people/numbers/new/", persons.identifier_new, name="identifier_new"),
    path(
        "cases/<uuid:case>/people/numbers/<uuid:identifier>/remove/",
        persons.identifier_remove,
        name="identifier_remove",
    ),
    path("cases/<uuid:case>/people/addresses/new/", persons.address_new, name="address_new"),
    path("cases/<uuid:case>/people/addresses/<uuid:address>/end/", persons.address_end, name="address_end"),
    path("cases/<uuid:case>/people/household/", household.household_enter, name="household_enter"),
    path("cases/<uuid:case>/people/household/new/", household.household_member_new, name="household_member_new"),
    path(
        "cases/<uuid:case>/people/household/<uuid:member>/",
        household.household_member_edit,
        name="household_member_edit",
    ),
    path(
        "cases/<uuid:case>/people/household/<uuid:member>/end/",
        household.household_member_end,
        name="household_member_end",
    ),
    path("cases/<uuid:case>/people/others/new/", persons.other_new, name="other_new"),
    path("cases/<uuid:case>/people/others/<uuid:other>/", persons.other_edit, name="other_edit"),
    path("cases/<uuid:case>/people/representatives/new/", persons.representative_new, name="representative_new"),
    path(
        "cases/<uuid:case>/people/representatives/<uuid:representative>/end/",
        persons.representative_end,
        name="representative_end",
    ),
]
