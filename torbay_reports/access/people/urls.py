"""Addresses of the pages about people; they belong to the namespace of `access`."""

from django.urls import path

from torbay_reports.access.people.views import accounts, invitations, listing, person, roles, seats

urlpatterns = [
    path("", listing.people_page, name="people"),
    path("invite/", invitations.invite, name="people-invite"),
    path("committees/", seats.committees, name="committees"),
    path("committees/<slug:committee>/", seats.committee_page, name="committee"),
    path("committees/<slug:committee>/add/", seats.add_seat, name="seat-add"),
    path("committees/<slug:committee>/end/", seats.end_seats, name="seats-end"),
    path("<int:person>/", person.person_page, name="person"),
    path("<int:person>/may/", person.may_page, name="person-may"),
    path("<int:person>/change/", accounts.change, name="person-change"),
    path("<int:person>/close/", accounts.close, name="person-close"),
    path("<int:person>/reopen/", accounts.reopen, name="person-reopen"),
    path("<int:person>/second-factor/", accounts.second_factor, name="person-second-factor"),
    path("<int:person>/invitation/", invitations.send_again, name="invitation-send"),
    path("<int:person>/invitation/withdraw/", invitations.withdraw, name="invitation-withdraw"),
    path("<int:person>/hand-over/", roles.hand_over, name="hand-over"),
    path("<int:person>/roles/", roles.give, name="role-give"),
    path("<int:person>/roles/<int:role>/end/", roles.end, name="role-end"),
    path("<int:person>/roles/<int:role>/take-back/", roles.take_back, name="role-take-back"),
]
