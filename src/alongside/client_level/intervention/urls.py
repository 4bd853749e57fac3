"""Addresses of the room."""

from django.urls import URLPattern, path

from alongside.client_level.intervention.views import marks, notes, work

CASE = "cases/<uuid:case>"
NOTE = f"{CASE}/notes/<uuid:note>"
REFERRAL = f"{CASE}/referrals-out/<uuid:referral>"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/services/", work.services, name="services"),
    path(f"{CASE}/services/new/", work.service_new, name="service_new"),
    path(f"{CASE}/loose-ends/<str:noun>/<uuid:key>/", work.end_attach, name="loose_end_attach"),
    path(f"{CASE}/notes/new/", notes.note_new, name="note_new"),
    path(f"{NOTE}/", notes.note, name="note"),
    path(f"{NOTE}/keep/", notes.note_keep_draft, name="note_keep"),
    path(f"{NOTE}/co-sign/", notes.note_cosign_it, name="note_cosign"),
    path(f"{NOTE}/marks/", marks.note_marks, name="note_marks"),
    path(f"{NOTE}/addenda/new/", notes.addendum_new, name="addendum_new"),
    path(f"{CASE}/referrals-out/new/", work.referral_out_new, name="referral_out_new"),
    path(f"{REFERRAL}/", work.referral_out, name="referral_out"),
    path(f"{REFERRAL}/send/", work.referral_out_step, {"act": "send"}, name="referral_out_send"),
    path(f"{REFERRAL}/answer/", work.referral_out_step, {"act": "answer"}, name="referral_out_answer"),
    path(f"{REFERRAL}/withdraw/", work.referral_out_step, {"act": "withdraw"}, name="referral_out_withdraw"),
    path(f"{REFERRAL}/chase/", work.referral_out_step, {"act": "chase"}, name="referral_out_chase"),
]
