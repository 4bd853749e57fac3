"""Addresses of the room. They carry ids and version numbers, nothing of a client."""

from django.urls import path

from alongside.client_level.planning.views import decisions, pages, parts, versions

urlpatterns = [
    path("cases/<uuid:case>/plan/", pages.plan, name="plan"),
    path("cases/<uuid:case>/plan/<int:number>/", pages.plan, name="plan_version"),
    path("cases/<uuid:case>/plan/<int:number>/changes/", pages.plan_compare, name="plan_compare"),
    path("cases/<uuid:case>/plan/paper/", pages.plan_pdf, name="plan_pdf"),
    path("cases/<uuid:case>/plan/<int:number>/paper/", pages.plan_pdf, name="plan_version_pdf"),
    path("cases/<uuid:case>/plan/new/", versions.plan_new, name="plan_new"),
    path("cases/<uuid:case>/plan/amend/", versions.plan_amend, name="plan_amend"),
    path("cases/<uuid:case>/plan/offer/", versions.plan_offer, name="plan_offer"),
    path("cases/<uuid:case>/plan/sign/", versions.plan_sign, name="plan_sign"),
    path("cases/<uuid:case>/plan/frame/<uuid:key>/", versions.plan_edit, name="plan_edit"),
    path("cases/<uuid:case>/plan/back/<uuid:key>/", versions.plan_take_back, name="plan_take_back"),
    path("cases/<uuid:case>/plan/settle/<uuid:key>/", versions.plan_settle, name="plan_settle"),
    path("cases/<uuid:case>/plan/drop/<uuid:key>/", versions.plan_withdraw, name="plan_withdraw"),
    path("cases/<uuid:case>/goals/new/", parts.goal_new, name="goal_new"),
    path("cases/<uuid:case>/goals/<uuid:key>/", parts.goal_edit, name="goal_edit"),
    path("cases/<uuid:case>/goals/<uuid:key>/out/", parts.goal_remove, name="goal_remove"),
    path("cases/<uuid:case>/objectives/new/", parts.objective_new, name="objective_new"),
    path("cases/<uuid:case>/objectives/<uuid:key>/", parts.objective_edit, name="objective_edit"),
    path("cases/<uuid:case>/objectives/<uuid:key>/out/", parts.objective_remove, name="objective_remove"),
    path("cases/<uuid:case>/activities/new/", parts.activity_new, name="activity_new"),
    path("cases/<uuid:case>/activities/<uuid:key>/out/", parts.activity_remove, name="activity_remove"),
    path("cases/<uuid:case>/needs/<uuid:need>/decision/", decisions.decision_new, name="decision_new"),
    path("cases/<uuid:case>/decisions/<uuid:key>/end/", decisions.decision_end, name="decision_end"),
]
