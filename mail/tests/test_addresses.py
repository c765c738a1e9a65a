import pytest

from mail.addresses import is_mailable


@pytest.mark.parametrize(
    "address",
    [
        *(
            "ann@example.com",
            "Ann.Bee+tag@mail.example.co.uk",
            "a@b.cd",
            "o'neil@x.org",
        ),
        *("ann@xn--bcher-kva.example", "ann@x.xn--p1ai", "1@2.test", "a@r3---sn.x.com"),
        *(f"{'a' * 64}@x.test", f"a@{'b' * 63}.test", f"a@{'b.' * 124}test"),
    ],
)
def test_mail_can_be_sent_to(address):
    assert is_mailable(address)


@pytest.mark.parametrize(
    "address",
    [
        *("", "@", "ann", "@x.test", "ann@", "ann@@x.test", "a@b@x.test"),
        # What is in quotes is read in more than one way: here, as mail to evil.example.
        *('"a@evil.example,"@x.test', '"a b"@x.test', '"a"@x.test', r"a\@b@x.test"),
        *("a@localhost", "a@com", "a@[127.0.0.1]", "a@[IPv6:::1]", "a@127.0.0.1"),
        *("a@10.0.0.10", "a@::1", "a@x.1"),
        *("a@x.test\n", "a@x.test\r\nBcc: b@x.test", "a\x00@x.test", "a@x\t.test"),
        *("a b@x.test", " a@x.test", "a@x.test ", "a@x.test, b@x.test", "A <a@x.test>"),
        *("a@x.test;b@x.test", "a(comment)@x.test", "a@x.test(comment)", "<a@x.test>"),
        *(
            ".a@x.test",
            "a.@x.test",
            "a..b@x.test",
            "a@.x.test",
            "a@x.test.",
            "a@x..test",
        ),
        *("a@-x.test", "a@x-.test", "a@x_y.test", "a%b@x,test", "a:b@x.test"),
        *("ä@x.test", "a@bücher.test", "a@x.\u202etest", "ａ@x.test", "a\u00ad@x.test"),
        *(f"{'a' * 65}@x.test", f"a@{'b' * 64}.test", f"a@{'b.' * 125}test"),
    ],
)
def test_no_mail_can_be_sent_to(address):
    assert not is_mailable(address)
