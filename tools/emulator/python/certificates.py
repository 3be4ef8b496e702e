"""The certificates of load balancers in the AWS that `npm run local` emulates."""


def all_are_there() -> None:
    """A deployment's certificate is in the AWS that it is for, which this one stands for."""
    import moto.elbv2.models

    moto.elbv2.models.register_certificate = lambda **certificate: None
    moto.elbv2.models.ELBv2Backend._certificate_exists = lambda self, certificate_arn: True
