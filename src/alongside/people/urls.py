"""Addresses of the room."""

from django.urls import path

from alongside.people import views

urlpatterns = [
    path("agency/", views.agency, name="agency"),
    path("agency/staff/new/", views.staff_new, name="staff_new"),
    path("agency/staff/<uuid:staff>/", views.staff_edit, name="staff_edit"),
    path("agency/staff/<uuid:staff>/password/", views.staff_password, name="staff_password"),
    path("agency/programs/new/", views.program_new, name="program_new"),
    path("agency/programs/<uuid:program>/", views.program_edit, name="program_edit"),
    path("agency/programs/<uuid:program>/staff/new/", views.program_staff_new, name="program_staff_new"),
    path("agency/programs/<uuid:program>/staff/<uuid:place>/end/", views.program_staff_end, name="program_staff_end"),
    path("agency/teams/new/", views.team_new, name="team_new"),
    path("agency/teams/<uuid:team>/", views.team_edit, name="team_edit"),
]
