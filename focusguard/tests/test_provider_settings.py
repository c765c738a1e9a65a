import pytest
from django.core.exceptions import ImproperlyConfigured

from focusguard.environment import Environment
from focusguard.provider_settings import Provider

GOOGLE = {"OAUTH_GOOGLE_CLIENT_ID": "id", "OAUTH_GOOGLE_CLIENT_SECRET": "hunter2"}
GITHUB = {"OAUTH_GITHUB_CLIENT_ID": "id", "OAUTH_GITHUB_CLIENT_SECRET": "hunter2"}
COMPANY = {
    "OIDC_PROVIDERS": "company",
    "OIDC_COMPANY_NAME": "The company",
    "OIDC_COMPANY_ISSUER": "https://login.company.example/tenant",
    "OIDC_COMPANY_CLIENT_ID": "id",
    "OIDC_COMPANY_SECRET": "hunter2",
}


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Read the providers of an environment."""

    def read(environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return Environment(tmp_path).providers()

    return read


def test_without_a_setting_there_is_no_provider(read):
    assert read({"OAUTH_GOOGLE_CLIENT_ID": "", "OIDC_PROVIDERS": " "}) == {}


def test_providers_are_read_in_the_order_in_which_they_are_offered(read):
    found = read(COMPANY | GITHUB | GOOGLE)
    assert list(found) == ["google", "github", "company"]
    assert found["google"] == Provider(
        "google", "Google", "https://accounts.google.com", "id", "hunter2"
    )
    assert found["github"].issuer == "https://github.com"
    assert found["github"].is_github
    company = found["company"]
    assert company.name == "The company"
    assert company.issuer == "https://login.company.example/tenant"
    assert "hunter2" not in repr(company)


def test_names_may_be_left_out_and_issuers_end_with_a_slash(read):
    asked = {"OIDC_COMPANY_NAME": "", "OIDC_COMPANY_ISSUER": "https://a.eu.auth0.com/"}
    company = read(COMPANY | asked)["company"]
    assert company.name == "Company"
    assert company.issuer == "https://a.eu.auth0.com/"


def test_a_github_of_its_own_has_its_own_subjects(read):
    asked = GITHUB | {"OAUTH_GITHUB_URL": "https://github.company.example/"}
    assert read(asked)["github"].issuer == "https://github.company.example"


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"OAUTH_GOOGLE_CLIENT_ID": "id"}, "OAUTH_GOOGLE_CLIENT_SECRET"),
        ({"OAUTH_GITHUB_CLIENT_SECRET": "hunter2"}, "OAUTH_GITHUB_CLIENT_ID"),
        (GITHUB | {"OAUTH_GITHUB_URL": "github.com"}, "OAUTH_GITHUB_URL"),
        (COMPANY | {"OIDC_COMPANY_ISSUER": ""}, "OIDC_COMPANY_ISSUER"),
        (COMPANY | {"OIDC_COMPANY_SECRET": ""}, "OIDC_COMPANY_SECRET"),
        (COMPANY | {"OIDC_PROVIDERS": "company,other"}, "OIDC_OTHER_ISSUER"),
        (COMPANY | {"OIDC_PROVIDERS": "company,company"}, "OIDC_PROVIDERS"),
        (COMPANY | {"OIDC_PROVIDERS": "Company"}, "OIDC_PROVIDERS"),
        (COMPANY | {"OIDC_PROVIDERS": "finish"}, "OIDC_PROVIDERS"),
        (COMPANY | {"OIDC_PROVIDERS": "google"}, "OIDC_PROVIDERS"),
        *(
            (COMPANY | {"OIDC_COMPANY_ISSUER": issuer}, "OIDC_COMPANY_ISSUER")
            for issuer in (
                *("login.example.com", "ftp://login.example.com", "https://"),
                *("https://a b", "https://a@b", "https://a?b", "https://a#b"),
                *("https://a:99999", "javascript:0", "https://a/\u00e4"),
            )
        ),
    ],
)
def test_what_is_half_given_stops_the_start_in_one_line(read, environment, named):
    with pytest.raises(ImproperlyConfigured) as refused:
        read(environment)
    (line,) = str(refused.value).splitlines()
    assert named in line
    assert "hunter2" not in line
